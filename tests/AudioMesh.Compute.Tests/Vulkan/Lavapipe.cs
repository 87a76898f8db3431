// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>What Mesa's Vulkan for processors cannot do.</summary>
internal static class Lavapipe
{
    /// <summary>Mesa's LP_MAX_TGSI_LOOP_ITERATIONS: the rounds of all loops of one invocation together, after which it leaves them without a word.</summary>
    private const int MostRounds = 65535;

    /// <summary>Skips the test where <paramref name="rounds"/> are too many for the device that it runs on.</summary>
    public static void RequireRounds(TestDevice testDevice, int rounds)
    {
        using IComputeDevice device = testDevice.Open();
        if (rounds > MostRounds && device.Info.Name.Contains("llvmpipe"))
        {
            Assert.Ignore($"lavapipe leaves the loops of an invocation after {MostRounds} rounds, and these are more");
        }
    }
}
