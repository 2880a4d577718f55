using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>A person's account.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<AccountId>))]
public readonly record struct AccountId(Guid Value) : ITypedId<AccountId>
{
    public static AccountId From(Guid value) => new(value);

    public static bool TryParse(string? text, out AccountId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Who owns things: a seller, a renter, or the operator.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<OrganisationId>))]
public readonly record struct OrganisationId(Guid Value) : ITypedId<OrganisationId>
{
    public static OrganisationId From(Guid value) => new(value);

    public static bool TryParse(string? text, out OrganisationId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A seller's site.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<FarmId>))]
public readonly record struct FarmId(Guid Value) : ITypedId<FarmId>
{
    public static FarmId From(Guid value) => new(value);

    public static bool TryParse(string? text, out FarmId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>One Stratum login of a seller, with the workers behind it.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<RigId>))]
public readonly record struct RigId(Guid Value) : ITypedId<RigId>
{
    public static RigId From(Guid value) => new(value);

    public static bool TryParse(string? text, out RigId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A seller's public offer.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<ListingId>))]
public readonly record struct ListingId(Guid Value) : ITypedId<ListingId>
{
    public static ListingId From(Guid value) => new(value);

    public static bool TryParse(string? text, out ListingId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A locked price.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<QuoteId>))]
public readonly record struct QuoteId(Guid Value) : ITypedId<QuoteId>
{
    public static QuoteId From(Guid value) => new(value);

    public static bool TryParse(string? text, out QuoteId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A renter's request to buy.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<OrderId>))]
public readonly record struct OrderId(Guid Value) : ITypedId<OrderId>
{
    public static OrderId From(Guid value) => new(value);

    public static bool TryParse(string? text, out OrderId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>The running agreement an order becomes.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<ContractId>))]
public readonly record struct ContractId(Guid Value) : ITypedId<ContractId>
{
    public static ContractId From(Guid value) => new(value);

    public static bool TryParse(string? text, out ContractId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>One pool of a contract.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<DestinationId>))]
public readonly record struct DestinationId(Guid Value) : ITypedId<DestinationId>
{
    public static DestinationId From(Guid value) => new(value);

    public static bool TryParse(string? text, out DestinationId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>An invoice, credit note or statement.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<DocumentId>))]
public readonly record struct DocumentId(Guid Value) : ITypedId<DocumentId>
{
    public static DocumentId From(Guid value) => new(value);

    public static bool TryParse(string? text, out DocumentId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Money coming in.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<PaymentId>))]
public readonly record struct PaymentId(Guid Value) : ITypedId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);

    public static bool TryParse(string? text, out PaymentId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A balanced set of postings.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<EntryId>))]
public readonly record struct EntryId(Guid Value) : ITypedId<EntryId>
{
    public static EntryId From(Guid value) => new(value);

    public static bool TryParse(string? text, out EntryId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Where a party has the heads of its contracts sent.</summary>
[JsonConverter(typeof(TypedIdJsonConverter<HeadHookId>))]
public readonly record struct HeadHookId(Guid Value) : ITypedId<HeadHookId>
{
    public static HeadHookId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HeadHookId id) => TypedId.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}
