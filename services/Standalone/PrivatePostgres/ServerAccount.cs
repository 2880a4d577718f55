namespace Marketplace.PrivatePostgres;

/// <summary>The user that owns the server's files and process: ourselves, unless we are root.</summary>
internal sealed record ServerAccount(string? User)
{
    public static ServerAccount ForThisProcess(PrivatePostgresOptions options) =>
        new(Environment.IsPrivilegedProcess ? options.UnprivilegedUser : null);

    /// <summary>In a session of its own, because Ctrl-C shall stop us first, and then we stop the server.</summary>
    public Command Command(params string[] line) => User is null
        ? new Command(["setsid", "--wait", .. line])
        : new Command(
            ["setsid", "--wait", "setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", "--", .. line]);

    public async Task<bool> CanUseAsync(string folder, CancellationToken cancellationToken)
    {
        var result = await Command("test", "-w", folder, "-a", "-x", folder).RunAsync(cancellationToken);
        return result.ExitCode == 0;
    }

    public async Task OwnFolderAsync(string folder, CancellationToken cancellationToken)
    {
        string[] owner = User is null ? [] : [$"--owner={User}", $"--group={User}"];
        await new Command(["install", "--directory", "--mode=0700", .. owner, folder]).SucceedAsync(cancellationToken);
    }

    public async Task OwnFileAsync(string file, CancellationToken cancellationToken)
    {
        if (User is not null)
        {
            await new Command("chown", $"{User}:{User}", file).SucceedAsync(cancellationToken);
        }
    }
}
