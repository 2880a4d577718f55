using System.CommandLine;
using System.CommandLine.Parsing;
using Marketplace.Stratum;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.CommandLine.CheckPool;

/// <summary>What <c>check-pool</c> is told.</summary>
internal sealed class CheckPoolOptions
{
    /// <summary>Where the password may stand instead: a command line can be read by everyone on the machine.</summary>
    public const string PasswordVariable = "MARKETPLACE_POOL_PASSWORD";

    private const int DefaultWatchSeconds = 10;

    private readonly Argument<string> _url = new("url")
    {
        Description = $"Where the pool listens: {PoolUrl.Scheme}://host:port, or {PoolUrl.TlsScheme}:// for TLS.",
    };

    private readonly Option<string> _user = new("--user")
    {
        Description = "The user the fleet logs in as.",
        Required = true,
    };

    private readonly Option<string> _password = new("--password")
    {
        Description = $"Its password; where it is left out, {PasswordVariable} or x.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(PasswordVariable) ?? "x",
    };

    private readonly Option<Hashrate> _hashrate = new("--hashrate")
    {
        Description = "What would be pointed at the pool: 1PH/s. It decides the least difficulty the pool must offer.",
        CustomParser = HashrateText.Parse,
        Required = true,
    };

    private readonly Option<string> _algorithm = new("--algorithm")
    {
        Description = "The proof of work.",
        DefaultValueFactory = _ => Algorithm.Sha256d.Name,
    };

    private readonly Option<string[]> _firmware = new("--firmware")
    {
        Description = "A user agent of the machines, such as 'Antminer S19'; may be said more than once.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<PayoutAddress?> _pays = new("--pays")
    {
        Description = "Fails unless the pool's blocks pay this address.",
        CustomParser = ReadAddress,
    };

    private readonly Option<int> _watch = new("--watch")
    {
        Description = "Seconds to watch the pool's jobs after the first.",
        DefaultValueFactory = _ => DefaultWatchSeconds,
    };

    private readonly Option<bool> _allowLoopback = new("--allow-loopback")
    {
        Description = "Tries a pool on this machine too, which the marketplace would refuse.",
    };

    private readonly Option<bool> _transcript = new("--transcript")
    {
        Description = "Shows what was said on the line, the password masked.",
    };

    public void AddTo(Command command)
    {
        _algorithm.AcceptOnlyFromAmong([.. Algorithm.All.Select(algorithm => algorithm.Name)]);
        _watch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 || result.GetValueOrDefault<int>() > MaxWatchSeconds)
            {
                result.AddError($"--watch takes 0 to {MaxWatchSeconds} seconds.");
            }
        });
        command.Add(_url);
        foreach (var option in new Option[]
            { _user, _password, _hashrate, _algorithm, _firmware, _pays, _watch, _allowLoopback, _transcript })
        {
            command.Add(option);
        }
    }

    public CheckPoolRequest Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_url),
        new PoolLogin(parsed.GetRequiredValue(_user), parsed.GetRequiredValue(_password)),
        new PoolDemands(
            Algorithm.Named(parsed.GetRequiredValue(_algorithm)),
            parsed.GetRequiredValue(_hashrate),
            FleetNeeds.Unknown with { Firmware = parsed.GetRequiredValue(_firmware) },
            parsed.GetValue(_pays)),
        TimeSpan.FromSeconds(parsed.GetRequiredValue(_watch)),
        parsed.GetValue(_allowLoopback),
        parsed.GetValue(_transcript));

    private static int MaxWatchSeconds => (int)PoolCheckup.MaxWatch.TotalSeconds;

    private static PayoutAddress? ReadAddress(ArgumentResult argument)
    {
        var text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : "";
        if (!PayoutAddress.TryParse(text, out var address))
        {
            argument.AddError($"'{text}' is not an address.");
        }

        return address;
    }
}

/// <summary>One run of <c>check-pool</c>.</summary>
internal sealed record CheckPoolRequest(
    string Url, PoolLogin Login, PoolDemands Demands, TimeSpan Watch, bool AllowLoopback, bool ShowTranscript);
