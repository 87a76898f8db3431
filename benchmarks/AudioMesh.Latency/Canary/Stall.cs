// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Canary;

/// <summary>For so long a CPU did not run its canary; times are mesh time in ns.</summary>
internal sealed record Stall(int Cpu, long Begin, long End)
{
    public double Microseconds => (End - Begin) / 1000.0;

    public bool Touches(long from, long to) => Begin <= to && End >= from;
}
