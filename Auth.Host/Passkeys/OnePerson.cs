using Microsoft.AspNetCore.Identity;

namespace Auth.Host.Passkeys;

/// <summary>All that the framework's handler may know while it verifies one answer: one person, and their one passkey or none. It stores nothing.</summary>
/// <param name="id">The user handle, as text.</param>
public sealed class OnePerson(string id, UserPasskeyInfo? passkey) : IUserPasskeyStore<OnePerson>
{
    private static Task<T> Told<T>(T value) => Task.FromResult(value);

    public Task<string> GetUserIdAsync(OnePerson user, CancellationToken cancellationToken) => Told(id);
    public Task<OnePerson?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Told(userId == id ? this : null);
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(OnePerson user, CancellationToken cancellationToken) => Told<IList<UserPasskeyInfo>>(passkey is null ? [] : [passkey]);
    public Task<UserPasskeyInfo?> FindPasskeyAsync(OnePerson user, byte[] credentialId, CancellationToken cancellationToken) => Told(Has(credentialId) ? passkey : null);
    public Task<OnePerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Told(Has(credentialId) ? this : null);

    public Task AddOrUpdatePasskeyAsync(OnePerson user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task RemovePasskeyAsync(OnePerson user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetUserNameAsync(OnePerson user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetUserNameAsync(OnePerson user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetNormalizedUserNameAsync(OnePerson user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(OnePerson user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<OnePerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(OnePerson user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(OnePerson user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(OnePerson user, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>There is nothing to let go of.</summary>
    public void Dispose()
    {
    }

    private bool Has(byte[] credentialId) => passkey is not null && passkey.CredentialId.AsSpan().SequenceEqual(credentialId);
}
