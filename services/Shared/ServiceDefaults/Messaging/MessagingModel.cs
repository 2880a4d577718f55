using Microsoft.EntityFrameworkCore;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>The tables every service has; <see cref="MessagingMigration"/> makes them.</summary>
internal static class MessagingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox_messages");
            outbox.HasKey(message => message.Id);
            outbox.Property(message => message.Id).ValueGeneratedNever();
            outbox.Property(message => message.Sequence).UseIdentityByDefaultColumn();
            outbox.HasIndex(message => message.Sequence).HasFilter("sent_at IS NULL");
        });
        model.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("inbox_messages");
            inbox.HasKey(message => new { message.Consumer, message.MessageId });
        });
        model.Entity<AppliedVersion>(applied =>
        {
            applied.ToTable("applied_versions");
            applied.HasKey(version => new { version.Consumer, version.AggregateId });
        });
        model.Entity<ParkedMessage>(parked =>
        {
            parked.ToTable("parked_messages");
            parked.HasKey(message => new { message.Consumer, message.AggregateId, message.Version });
        });
        model.Entity<DeadLetter>(letter =>
        {
            letter.ToTable("dead_letters");
            letter.HasKey(dead => dead.Id);
            letter.Property(dead => dead.Id).ValueGeneratedNever();
            letter.HasIndex(dead => new { dead.Consumer, dead.MessageId });
        });
    }
}
