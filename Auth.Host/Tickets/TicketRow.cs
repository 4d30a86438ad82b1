using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Host.Tickets;

/// <summary>Leads from a ticket to its stream: the row's id is the SHA-256 of the ticket, which is stored nowhere.</summary>
public sealed record TicketRow(string Id, Guid Ticket, Guid UserId);

/// <summary>A ticket as somebody holds it: 256 random bits; it never shows itself.</summary>
public sealed record TicketSecret(string Text)
{
    /// <summary>A new one.</summary>
    public static TicketSecret Make() => new(Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What is stored of it.</summary>
    public string Hash => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)));

    /// <summary>A ticket that can be printed will be.</summary>
    public override string ToString() => "TicketSecret(hidden)";
}
