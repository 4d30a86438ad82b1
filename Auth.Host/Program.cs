var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
await app.RunAsync();

/// <summary>The host, named so that specs can start it.</summary>
public partial class Program;
