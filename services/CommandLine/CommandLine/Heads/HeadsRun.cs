using System.Globalization;
using Marketplace.CommandLine.Login;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Spectre.Console;

namespace Marketplace.CommandLine.Heads;

/// <summary>
/// One run of <c>heads</c>: signs in, keeps, and waits out what passes, for as long as a contract of months may take.
/// </summary>
internal sealed class HeadsRun(
    MarketplaceLogin login, HeadKeeper keeper, HeadWatch watch, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private TimeSpan _wait = ShortestWait;
    private bool _isSignedIn;

    /// <summary>Until the contract is closed, or somebody ends it.</summary>
    /// <param name="isOnce">Only what there is; then nothing is waited out either.</param>
    /// <param name="cancellationToken">The user ends it.</param>
    /// <exception cref="ForkedHistoryException">A head contradicts those that were kept.</exception>
    public async Task RunAsync(bool isOnce, CancellationToken cancellationToken)
    {
        keeper.Kept += Show;
        try
        {
            while (!await TryKeepAsync(isOnce, cancellationToken))
            {
                await Task.Delay(_wait, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("ended      what is closed from now on is not kept");
        }
    }

    /// <returns>True when nothing more is to come.</returns>
    private async Task<bool> TryKeepAsync(bool isOnce, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isSignedIn)
            {
                await login.SignInAsync(cancellationToken);
                _isSignedIn = true;
            }

            await (isOnce ? keeper.FillAsync(cancellationToken) : keeper.KeepAsync(cancellationToken));
        }
        catch (Exception failure) when (!isOnce && !cancellationToken.IsCancellationRequested
            && (MarketplaceLogin.IsPassing(failure) || MarketplaceLogin.IsSignedOut(failure)))
        {
            _isSignedIn &= !MarketplaceLogin.IsSignedOut(failure);
            _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
            console.WriteLine($"waiting    {_wait.TotalSeconds:0} s: {Printable.Of(failure.Message)}");
        }

        return isOnce || watch.IsOver;
    }

    private void Show(MinuteHead head)
    {
        _wait = ShortestWait;
        console.WriteLine(Printable.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"head       {head.MinuteAt:u} {head.NodeName} {head.Index}, "
            + $"{head.Verdicts[ShareVerdict.Accepted].Work} hashes{(head.IsLast ? ", the last" : "")}")));
    }
}
