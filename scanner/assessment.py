"""Facts and a rubric in, an assessment out; pure."""
