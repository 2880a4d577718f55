using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Books;

internal static class BooksModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<BookedEntry>(entry =>
        {
            entry.ToTable("entries");
            entry.HasKey(booked => booked.Id);
            entry.Property(booked => booked.Id).ValueGeneratedNever();
            entry.Property(booked => booked.Sequence).UseIdentityAlwaysColumn();
            entry.Property(booked => booked.TransactionId)
                .HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
            entry.HasIndex(booked => new { booked.TransactionId, booked.Sequence });
            entry.HasIndex(booked => booked.Period);
            entry.HasIndex(booked => booked.Key).IsUnique();
            entry.HasIndex(booked => booked.Sequence).IsUnique();
            entry.HasIndex(booked => new { booked.ContractId, booked.Sequence });
        });
        model.Entity<BookedPosting>(posting =>
        {
            posting.ToTable("postings");
            posting.HasKey(booked => new { booked.EntryId, booked.Line });
            posting.HasIndex(booked => booked.Account);
        });
        model.Entity<GuardedBalance>(balance =>
        {
            balance.ToTable(
                "guarded_balances", table => table.HasCheckConstraint(BooksMigration.NeverInDebit, "units <= 0"));
            balance.HasKey(guarded => new { guarded.Account, guarded.Currency });
        });
    }
}
