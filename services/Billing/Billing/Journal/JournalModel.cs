using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

internal static class JournalModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<SealedBlock>(block =>
        {
            block.ToTable("journal_blocks");
            block.HasKey(one => one.Number);
            block.Property(one => one.Number).ValueGeneratedNever();
        });
        model.Entity<JournalPlace>(place =>
        {
            place.ToTable("journal_places");
            place.HasKey(one => one.Position);
            place.Property(one => one.Position).ValueGeneratedNever();
            place.HasIndex(one => one.EntryId).IsUnique();
        });
    }
}
