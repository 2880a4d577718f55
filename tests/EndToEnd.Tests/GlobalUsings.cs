global using Marketplace.TestKit;
global using Shouldly;
global using Xunit;
