"""What the force and the local policing body do together: commissioning."""
