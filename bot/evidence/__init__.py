"""What an admin sees, a person may ask for and a regulator wants shown: one source for chat, command line and pages."""
