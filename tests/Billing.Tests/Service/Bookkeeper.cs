using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Service;

/// <summary>A bookkeeping program that shares no code with ours and checks what we export.</summary>
internal static class Bookkeeper
{
    /// <returns>What it complains of; empty when it takes the file.</returns>
    public static async Task<string> ComplaintAsync(string program, string[] arguments, string file)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, file, cancellation);
        var start = new ProcessStartInfo(Find(program), arguments.Append(path))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var complaint = await process.StandardError.ReadToEndAsync(cancellation) + await output;
        await process.WaitForExitAsync(cancellation);
        File.Delete(path);
        (process.ExitCode == 0).ShouldBe(complaint.Length == 0, complaint);
        return complaint;
    }

    private static string Find(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipUnless(found is not null, $"{program} is not installed");
        return found!;
    }
}
