using Auth.Domain;
using Marten;

namespace Auth.Host.Delivery.FakeMail;

/// <summary>One mail as Development keeps it instead of sending it. Everything in it is sealed; the address is found by its HMAC.</summary>
/// <param name="Id">ULID-like, so that the newest sorts last.</param>
/// <param name="Address">HMAC of the address.</param>
public sealed record FakeLetter(string Id, string Address, Sealed To, Sealed Subject, Sealed Body, string Reference, DateTimeOffset At)
{
    /// <summary>Tells Marten how to keep it.</summary>
    public static void Register(StoreOptions options) =>
        options.Schema.For<FakeLetter>().MultiTenanted().DocumentAlias("fake_letter").Index(letter => letter.Address);
}
