using Marketplace.Ordering.Tests.Support;

[assembly: AssemblyFixture(typeof(OrderingHost))]
