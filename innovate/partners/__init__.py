"""Universities, companies and communities: their members, challenges, offers and prizes."""
