"""What crosses the border as data: bundle, CSV, FHIR, Apple Health, encryption."""
