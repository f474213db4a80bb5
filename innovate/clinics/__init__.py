"""Klinik Inovasi: mentors offer slots, teams book, agreed actions stay with the idea."""
