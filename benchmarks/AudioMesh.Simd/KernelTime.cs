// SPDX-License-Identifier: MIT
using System.Globalization;

namespace AudioMesh.Simd;

/// <summary>The best time of a kernel on one block.</summary>
internal sealed record KernelTime(string Kernel, double Ns)
{
    public static KernelTime Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new KernelTime(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => FormattableString.Invariant($"{Kernel} {Ns:F3}");
}
