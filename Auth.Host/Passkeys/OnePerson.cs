using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;

namespace Auth.Host.Passkeys;

/// <summary>All that the framework's handler may know while it verifies one answer: one person, and their one passkey or none. It stores nothing.</summary>
/// <param name="id">The user handle, as text.</param>
internal sealed class OnePerson(string id, UserPasskeyInfo? passkey) : IUserPasskeyStore<OnePerson>
{
    public Task<string> GetUserIdAsync(OnePerson user, CancellationToken cancellationToken) => Told(id);
    public Task<OnePerson?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Told(userId == id ? this : null);
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(OnePerson user, CancellationToken cancellationToken) => Told<IList<UserPasskeyInfo>>(passkey is null ? [] : [passkey]);
    public Task<UserPasskeyInfo?> FindPasskeyAsync(OnePerson user, byte[] credentialId, CancellationToken cancellationToken) => Told(Has(credentialId) ? passkey : null);
    public Task<OnePerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Told(Has(credentialId) ? this : null);

    // The framework's contract is that of a whole user store. Verifying asks only the five above; a version that asked more would believe something that we never told it.
    Task IUserPasskeyStore<OnePerson>.AddOrUpdatePasskeyAsync(OnePerson user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NeverAsked();
    Task IUserPasskeyStore<OnePerson>.RemovePasskeyAsync(OnePerson user, byte[] credentialId, CancellationToken cancellationToken) => throw NeverAsked();
    Task<string?> IUserStore<OnePerson>.GetUserNameAsync(OnePerson user, CancellationToken cancellationToken) => throw NeverAsked();
    Task IUserStore<OnePerson>.SetUserNameAsync(OnePerson user, string? userName, CancellationToken cancellationToken) => throw NeverAsked();
    Task<string?> IUserStore<OnePerson>.GetNormalizedUserNameAsync(OnePerson user, CancellationToken cancellationToken) => throw NeverAsked();
    Task IUserStore<OnePerson>.SetNormalizedUserNameAsync(OnePerson user, string? normalizedName, CancellationToken cancellationToken) => throw NeverAsked();
    Task<OnePerson?> IUserStore<OnePerson>.FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NeverAsked();
    Task<IdentityResult> IUserStore<OnePerson>.CreateAsync(OnePerson user, CancellationToken cancellationToken) => throw NeverAsked();
    Task<IdentityResult> IUserStore<OnePerson>.UpdateAsync(OnePerson user, CancellationToken cancellationToken) => throw NeverAsked();
    Task<IdentityResult> IUserStore<OnePerson>.DeleteAsync(OnePerson user, CancellationToken cancellationToken) => throw NeverAsked();

    /// <summary>There is nothing to let go of.</summary>
    public void Dispose()
    {
    }

    private static Task<T> Told<T>(T value) => Task.FromResult(value);

    private static UnreachableException NeverAsked([CallerMemberName] string member = "") => new($"The framework asked for {member} while it verified a passkey.");

    private bool Has(byte[] credentialId) => passkey is not null && passkey.CredentialId.AsSpan().SequenceEqual(credentialId);
}
