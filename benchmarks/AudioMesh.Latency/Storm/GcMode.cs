// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>The collector of the app under test; chosen by environment when its process starts.</summary>
internal sealed record GcMode(bool IsServer, bool IsConcurrent)
{
    public static IReadOnlyList<GcMode> All { get; } = [new(false, true), new(false, false), new(true, true), new(true, false)];

    public void ApplyTo(IDictionary<string, string?> environment)
    {
        environment["DOTNET_gcServer"] = IsServer ? "1" : "0";
        environment["DOTNET_gcConcurrent"] = IsConcurrent ? "1" : "0";
    }

    public override string ToString() => $"{(IsServer ? "server" : "workstation")}, {(IsConcurrent ? "concurrent" : "not concurrent")}";
}
