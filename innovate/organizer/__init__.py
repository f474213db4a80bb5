"""The organizer's rooms: edges only, no table and no rule."""
