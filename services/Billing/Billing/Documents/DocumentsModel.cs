using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Documents;

internal static class DocumentsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<IssuedDocument>(document =>
        {
            document.ToTable("documents");
            document.HasKey(issued => issued.Id);
            document.Property(issued => issued.Id).ValueGeneratedNever();
            document.HasIndex(issued => issued.Number).IsUnique();
            document.HasIndex(issued => issued.ContractId);
        });
        model.Entity<IssuedLine>(line =>
        {
            line.ToTable("document_lines");
            line.HasKey(one => new { one.DocumentId, one.Line });
        });
        model.Entity<DocumentSeries>(series =>
        {
            series.ToTable("document_series");
            series.HasKey(one => new { one.Prefix, one.Year });
        });
    }
}
