"""The engine of Codevitals: mirrors, facts, judgement and the use cases that join them."""
