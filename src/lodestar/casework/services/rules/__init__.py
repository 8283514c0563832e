"""Pure rules of services: what a record says, when a service is open, and whom it can take."""
