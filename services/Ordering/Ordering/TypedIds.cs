namespace Marketplace.Ordering;

internal static class TypedIds
{
    public static TId New<TId>(DateTimeOffset now)
        where TId : struct, ITypedId<TId> => TId.New(now);
}
