using System.CommandLine;
using Marketplace.CommandLine.CheckPool;
using Marketplace.CommandLine.Certificates;
using Marketplace.CommandLine.Heads;
using Marketplace.CommandLine.Ledger;
using Marketplace.CommandLine.Verify;
using Spectre.Console;

namespace Marketplace.CommandLine;

/// <summary>Every verb of <c>marketplace</c>. A verb is a folder with a command in it, named here.</summary>
internal static class Verbs
{
    public static RootCommand All(IAnsiConsole console, TimeProvider time) =>
        new("What renters, sellers and accountants of hashrate check for themselves, on a machine of their own.")
        {
            CheckPoolCommand.Create(console, time),
            HeadsCommand.Create(console, time),
            CertificateCommand.Create(console, time),
            VerifyCommand.Create(console),
            LedgerCommand.Create(console, time),
        };
}
