namespace Marketplace.Stratum.Proof;

/// <summary>
/// Reads certificates from beginning to end and computes everything in them again, offline. It believes nothing but the
/// keys it is given; the memory it takes grows by the credited shares only, for their hashes.
/// </summary>
public static class CertificateVerifier
{
    /// <summary>Never throws for what is in the file: it stands in the report.</summary>
    /// <param name="file">Read to its end, left open.</param>
    /// <param name="options">What is known from outside the file.</param>
    /// <param name="progress">Told after every minute.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static CertificateReport Verify(
        Stream file,
        VerificationOptions options,
        Action? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        var report = new CertificateReport(new Findings());
        try
        {
            using var reader = CertificateReader.Open(file);
            Run(reader, options, report, progress, cancellationToken);
        }
        catch (RecordFormatException unreadable)
        {
            report.Findings.Add(FindingKind.Unreadable, unreadable.Message);
        }
        catch (OverflowException)
        {
            report.Findings.Add(FindingKind.Unreadable, "Its sums are larger than any work there is.");
        }

        return report;
    }

    private static void Run(
        CertificateReader reader,
        VerificationOptions options,
        CertificateReport report,
        Action? progress,
        CancellationToken cancellationToken)
    {
        reader.Next();
        if (reader.Kind != FrameKind.Terms)
        {
            throw new RecordFormatException("A certificate begins with its terms.");
        }

        var terms = CertificateTerms.Read(reader.Content);
        report.Terms = terms;
        using var audit = new CertificateAudit(terms, options, report.Findings);
        try
        {
            Read(reader, audit, progress, cancellationToken);
        }
        finally
        {
            audit.Tell(report);
        }
    }

    private static void Read(
        CertificateReader reader, CertificateAudit audit, Action? progress, CancellationToken cancellationToken)
    {
        try
        {
            for (reader.Next(); reader.Kind != FrameKind.End; reader.Next())
            {
                cancellationToken.ThrowIfCancellationRequested();
                audit.Add(reader.Kind, reader.Content);
                if (reader.Kind == FrameKind.Head)
                {
                    progress?.Invoke();
                }
            }

            audit.Close(reader.Content);
        }
        finally
        {
            audit.Settle();
        }
    }
}
