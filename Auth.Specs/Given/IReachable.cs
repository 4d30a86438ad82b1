namespace Auth.Specs.Given;

/// <summary>A host that browsers and operators can reach, in memory or over a socket.</summary>
public interface IReachable
{
    /// <summary>A connection that keeps no cookies of its own.</summary>
    HttpClient Connect();

    /// <summary>The secret key of its Backend API.</summary>
    string Key => RunningHost.SecretKey;
}
