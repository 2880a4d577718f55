using System.CommandLine;
using Spectre.Console;

namespace Marketplace.CommandLine.Login;

/// <summary>Where the marketplace answers, and who asks.</summary>
internal sealed class LoginOptions
{
    /// <summary>Where the password stands: a command line can be read by everyone on the machine.</summary>
    public const string PasswordVariable = "MARKETPLACE_PASSWORD";

    private readonly Option<Uri> _at = new("--at")
    {
        Description = "The marketplace: https://marketplace.example",
        HelpName = "url",
        Required = true,
        CustomParser = argument =>
        {
            var text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && IsSafe(url))
            {
                return new Uri(url.GetLeftPart(UriPartial.Authority) + "/");
            }

            argument.AddError($"'{text}' is not an https:// address; http:// is for this machine alone.");
            return null;
        },
    };

    private readonly Option<string> _user = new("--user")
    {
        Description = $"The e-mail of the account; its password stands in {PasswordVariable}, or is asked for.",
        HelpName = "e-mail",
        Required = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_at);
        command.Add(_user);
    }

    /// <summary>Nobody is signed in yet.</summary>
    /// <exception cref="BusinessRuleException">There is no password, and nobody to ask.</exception>
    public MarketplaceLogin Read(ParseResult parsed, IAnsiConsole console, TimeProvider time)
    {
        var user = parsed.GetRequiredValue(_user);
        return new MarketplaceLogin(parsed.GetRequiredValue(_at), user, PasswordOf(user, console), time);
    }

    private static string PasswordOf(string user, IAnsiConsole console)
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password)
        {
            return password;
        }

        return console.Profile.Capabilities.Interactive
            ? console.Prompt(new TextPrompt<string>($"Password of {Markup.Escape(user)}:").Secret())
            : throw BusinessRuleException.Invalid(
                "password-missing", $"Put the password of {user} into {PasswordVariable}.");
    }

    private static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps
        || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);
}
