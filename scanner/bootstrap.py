"""The only place where adapters meet use cases."""
