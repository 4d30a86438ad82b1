using Auth.Host.Http;
using Wolverine;

namespace Auth.Host.Wiring;

/// <summary>How an endpoint asks for a command: for its instance, and again when somebody else was first.</summary>
public static class Asking
{
    /// <summary>For whose instance the bus was told; the answer, once the command's facts are committed.</summary>
    public static Task<T> Ask<T>(this IMessageBus bus, object command, CancellationToken ct, Problem? taken = null) =>
        LostRace.Again(() => bus.InvokeForTenantAsync<T>(bus.TenantId ?? throw new InvalidOperationException("Nobody said for which instance."), command, ct), taken);
}
