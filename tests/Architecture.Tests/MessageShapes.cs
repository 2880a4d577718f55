using System.Collections;
using System.Reflection;
using Marketplace.Messages;
using Marketplace.TestKit;
using Shouldly;
using Xunit;

namespace Marketplace.Architecture.Tests;

/// <summary>
/// Messages outlive a deployment in outboxes and queues, so a changed shape is a decision. After one,
/// <c>MARKETPLACE_APPROVE=1</c> writes the file anew, and the change is seen in review.
/// </summary>
public sealed class MessageShapes
{
    private static readonly string ApprovedFile =
        Path.Combine(Repository.Root, "tests", "Architecture.Tests", "Messages.approved.txt");

    [Fact]
    public void Messages_have_the_shapes_that_were_approved()
    {
        var shapes = string.Join('\n', MessageTypes().Select(Shape)) + "\n";
        if (Environment.GetEnvironmentVariable("MARKETPLACE_APPROVE") == "1")
        {
            File.WriteAllText(ApprovedFile, shapes);
        }

        shapes.ShouldBe(File.ReadAllText(ApprovedFile), "if the change is meant, run this with MARKETPLACE_APPROVE=1");
    }

    [Fact]
    public void Messages_live_in_their_publishers_namespace() =>
        MessageTypes()
            .Where(type => !type.IsEnum && !type.IsInterface)
            .Select(type => type.Namespace)
            .Distinct()
            .Where(name => name != "Marketplace.Messages")
            .ShouldBeSubsetOf(
            [
                "Marketplace.Messages.Identity", "Marketplace.Messages.Catalog", "Marketplace.Messages.Ordering",
                "Marketplace.Messages.Billing", "Marketplace.Messages.HashrateProxy",
            ]);

    private static IEnumerable<Type> MessageTypes() =>
        typeof(IVersioned).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static string Shape(Type type)
    {
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type).Select(name => $"  {name} = {Convert.ToInt64(Enum.Parse(type, name), null)}")
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name != "EqualityContract")
                .Select(property => $"  {NameOf(property)} {property.Name}");
        return string.Join('\n', [type.FullName!["Marketplace.Messages.".Length..], .. members]);
    }

    private static string NameOf(PropertyInfo property)
    {
        var isNullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        var name = NameOf(property.PropertyType);
        return isNullable && !name.EndsWith('?') ? name + "?" : name;
    }

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return NameOf(inner) + "?";
        }

        return type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable))
            ? $"{NameOf(type.GetGenericArguments()[0])}[]"
            : type.Name;
    }
}
