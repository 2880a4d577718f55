using System.Text.Json;
using System.Text.RegularExpressions;
using Marketplace.ServiceDefaults.Bus;
using Marketplace.Standalone;
using Shouldly;
using Xunit;

namespace Marketplace.Architecture.Tests;

/// <summary>Two services on one queue would compete; a consumer on no route would miss messages.</summary>
public sealed partial class QueueRules
{
    [Fact]
    public void Queue_names_are_unique() =>
        MessageRoutes.All.SelectMany(route => route.Value.Select(service => QueueName(service, route.Key.Name)))
            .ShouldBeUnique();

    [Fact]
    public void Every_route_has_its_consumer_and_every_consumer_its_route()
    {
        var routes = MessageRoutes.All
            .SelectMany(route => route.Value.Select(service => QueueName(service, route.Key.Name)));
        Consumers().Order(StringComparer.Ordinal).ShouldBe(routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Services_consume_once_per_message() => Consumers().ShouldBeUnique();

    private static IEnumerable<string> Consumers() =>
        Modules.All.SelectMany(module => SourceFiles.Named($"/{module.GetType().Name}.cs")
            .SelectMany(file => Consumer().Matches(file.Text))
            .Select(match => QueueName(module.Name, match.Groups[1].Value)));

    private static string QueueName(string service, string message) =>
        $"{service}-{JsonNamingPolicy.KebabCaseLower.ConvertName(message)}";

    [GeneratedRegex(@"AddConsumer<(\w+), \w+>")]
    private static partial Regex Consumer();
}
