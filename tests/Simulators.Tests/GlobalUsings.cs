global using Marketplace.Primitives;
global using Shouldly;
global using Xunit;
