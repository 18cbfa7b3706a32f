"""What people type: shape and sense here, policy in the use cases."""
