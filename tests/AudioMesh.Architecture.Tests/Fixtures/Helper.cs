// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests.Fixtures;

/// <summary>Carries no mark; guilty where reached.</summary>
internal static class Helper
{
    public static int Shallow() => Deep().Length;

    public static int[] Deep() => new int[2];

    public static int[] NeverReached() => new int[2];
}
