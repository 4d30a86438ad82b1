using Auth.Domain;
using Marten;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>One text to one number, as the fake provider keeps it. Number and body are sealed; the number is found by its HMAC.</summary>
public sealed record FakeText
{
    /// <summary>ULID-like, so that the newest sorts last.</summary>
    public required string Id { get; init; }

    /// <summary>What the caller gets: one batch may be several texts.</summary>
    public required string Batch { get; init; }

    /// <summary>HMAC of the number in E.164.</summary>
    public required string Number { get; init; }

    /// <summary>The number, sealed.</summary>
    public required Sealed To { get; init; }

    /// <summary>The text, sealed: a code is in it.</summary>
    public required Sealed Body { get; init; }

    /// <summary>The sender, sealed.</summary>
    public Sealed? From { get; init; }

    /// <summary>The caller's own name for it.</summary>
    public string? Reference { get; init; }

    /// <summary>Which reports the caller wants.</summary>
    public string DeliveryReport { get; init; } = "none";

    /// <summary>Where to.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>Has the caller announced feedback?</summary>
    public bool FeedbackEnabled { get; init; }

    /// <summary>Into how many messages the network cuts it.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>More parts than this are not sent.</summary>
    public int? MostParts { get; init; }

    /// <summary>How it will end.</summary>
    public FakeEnd End { get; init; }

    /// <summary>When the caller handed it over.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may leave.</summary>
    public required DateTimeOffset SendAt { get; init; }

    /// <summary>When it must not leave any more.</summary>
    public required DateTimeOffset ExpireAt { get; init; }

    /// <summary>When it came to its end, if it did.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The caller took it back.</summary>
    public bool Canceled => End == FakeEnd.Cancelled;

    /// <summary>When the caller told that the person typed the code.</summary>
    public DateTimeOffset? FeedbackAt { get; init; }

    /// <summary>Tells Marten how to keep it.</summary>
    public static void Register(StoreOptions options) =>
        options.Schema.For<FakeText>().MultiTenanted().DocumentAlias("fake_text")
            .Index(text => text.Number).Index(text => text.Batch).Index(text => text.Reference!);
}

/// <summary>How a text ends.</summary>
public enum FakeEnd
{
    /// <summary>On the phone.</summary>
    Delivered,

    /// <summary>No way to that number.</summary>
    Unroutable,

    /// <summary>The network did not take it this time.</summary>
    Temporary,

    /// <summary>Too late before the network took it.</summary>
    Expired,

    /// <summary>Longer than the caller allowed.</summary>
    TooLong,

    /// <summary>Delivered, told twice and in the wrong order.</summary>
    ToldTwice,

    /// <summary>Nothing more is ever heard of it.</summary>
    Silent,

    /// <summary>Taken back by the caller.</summary>
    Cancelled,
}
