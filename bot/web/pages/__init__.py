"""The pages, one file each: what they show comes from the readings and figures that commands use."""
