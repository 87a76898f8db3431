// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests;

/// <summary>Equality to the last bit, but for the sign of zero, which kernels do not promise.</summary>
internal static class Bits
{
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), "how many numbers");
        int different = 0;
        string first = "";
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i] + 0f) != BitConverter.SingleToUInt32Bits(actual[i] + 0f))
            {
                first = different++ == 0 ? $"[{i}] is {actual[i]:G9}, not {expected[i]:G9}" : first;
            }
        }

        Assert.That(different, Is.Zero, $"of {expected.Length} numbers differ; {first}");
    }
}
