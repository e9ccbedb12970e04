"""How the learned second opinion is made: `make train`. Nothing here is needed to run the product."""
