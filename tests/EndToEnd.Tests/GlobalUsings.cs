global using Marketplace.Primitives;
global using Marketplace.TestKit;
global using Shouldly;
global using Xunit;
