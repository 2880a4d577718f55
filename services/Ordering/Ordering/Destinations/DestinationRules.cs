using System.Globalization;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;

namespace Marketplace.Ordering.Destinations;

/// <summary>A destination list as a renter types it in: hostile until it has been through here.</summary>
internal static class DestinationRules
{
    public const int MaxDestinations = 5;

    /// <summary>Longest pool user, in characters: an address and a worker's name fit well.</summary>
    public const int MaxUserLength = 255;

    /// <summary>Longest pool password, in characters; some pools take settings in it.</summary>
    public const int MaxPasswordLength = 255;

    /// <returns>The pools with their addresses written in the one way they are dialled.</returns>
    /// <exception cref="BusinessRuleException">
    /// <c>destination-count</c>, <c>destination-invalid</c>, <c>pool-url-invalid</c>
    /// </exception>
    public static IReadOnlyList<Pool> Checked(IReadOnlyList<Pool>? pools)
    {
        if (pools is not { Count: > 0 and <= MaxDestinations })
        {
            throw WrongCount();
        }

        return [.. pools.Select(Checked)];
    }

    /// <summary>The same for a list in which some stay.</summary>
    /// <exception cref="BusinessRuleException">
    /// <c>destination-count</c>, <c>destination-invalid</c>, <c>pool-url-invalid</c>
    /// </exception>
    public static IReadOnlyList<WantedDestination> Checked(IReadOnlyList<WantedDestination>? wanted)
    {
        if (wanted is not { Count: > 0 and <= MaxDestinations })
        {
            throw WrongCount();
        }

        var staying = wanted.Select(one => one?.Stays).OfType<DestinationId>().ToList();
        return staying.Distinct().Count() == staying.Count
            ? [.. wanted.Select(Checked)]
            : throw BusinessRuleException.Invalid("destination-invalid", "A destination is named twice.");
    }

    private static WantedDestination Checked(WantedDestination? wanted, int priority) => wanted switch
    {
        { Stays: not null, Pool: null } => wanted,
        { Stays: null, Pool: { } pool } => wanted with { Pool = Checked(pool, priority) },
        _ => throw Invalid(priority, "name either a destination that stays or a new pool"),
    };

    private static BusinessRuleException WrongCount() => BusinessRuleException.Invalid(
        "destination-count",
        string.Create(CultureInfo.InvariantCulture, $"Name 1 to {MaxDestinations} pools, best first."));

    private static Pool Checked(Pool? pool, int priority)
    {
        if (pool is not { Url: not null, User: not null, Password: not null })
        {
            throw Invalid(priority, "a url, a user and a password are needed; a password may be empty");
        }

        if (pool.User.Length is 0 or > MaxUserLength || pool.User.Any(char.IsControl))
        {
            throw Invalid(priority, $"the user must have 1 to {MaxUserLength} printable characters");
        }

        if (pool.Password.Length > MaxPasswordLength || pool.Password.Any(char.IsControl))
        {
            throw Invalid(priority, $"the password must have at most {MaxPasswordLength} printable characters");
        }

        return pool with { Url = PoolUrl.Parse(pool.Url).ToString() };
    }

    private static BusinessRuleException Invalid(int priority, string why) => BusinessRuleException.Invalid(
        "destination-invalid",
        string.Create(CultureInfo.InvariantCulture, $"Pool {priority + 1} is not usable: {why}."));
}
