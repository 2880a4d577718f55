global using Marketplace.Primitives;
