using System.CommandLine;
using Marketplace.Simulators.MainLine;

namespace Marketplace.DemoWorld;

/// <summary>Who acts: an e-mail and a password for each role, with the demo world's as defaults.</summary>
internal sealed class PeopleOptions
{
    private readonly PersonOptions _seller = new("seller", DemoPeople.Seller);
    private readonly PersonOptions _renter = new("renter", DemoPeople.Renter);
    private readonly PersonOptions _finance = new("finance", DemoPeople.Finance);

    public void AddTo(Command command)
    {
        foreach (var person in new[] { _seller, _renter, _finance })
        {
            command.Add(person.Email);
            command.Add(person.Password);
        }
    }

    public Credentials Seller(ParseResult parsed) => _seller.Of(parsed);

    public Credentials Renter(ParseResult parsed) => _renter.Of(parsed);

    public Credentials Finance(ParseResult parsed) => _finance.Of(parsed);

    private sealed class PersonOptions(string role, Credentials demo)
    {
        public Option<string> Email { get; } = new($"--{role}-email")
        {
            Description = $"The {role}'s account.",
            DefaultValueFactory = _ => demo.Email,
        };

        public Option<string> Password { get; } = new($"--{role}-password")
        {
            Description = $"The {role}'s password.",
            DefaultValueFactory = _ => demo.Password,
        };

        public Credentials Of(ParseResult parsed) =>
            new(parsed.GetRequiredValue(Email), parsed.GetRequiredValue(Password));
    }
}
