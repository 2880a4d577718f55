global using Marketplace.Primitives;
global using Api = Marketplace.Client.Identity;
