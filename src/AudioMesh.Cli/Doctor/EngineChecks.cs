// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Doctor;

/// <summary>Where the engine lives and which drivers it has.</summary>
internal static class EngineChecks
{
    private const string LibraryMend = "./build.sh build, or the package's build for this platform";

    public static Finding Hosting(AudioMeshEngine engine)
    {
        if (engine.Hosting != EngineHosting.Isolated)
        {
            return Finding.Warn("engine", $"Managed, so garbage collections may be heard: {engine.FallbackReason}", LibraryMend);
        }

        string? path = LoadedLibrary.Find("libaudiomesh");
        string build = path?.Contains(".avx2.", StringComparison.Ordinal) == true ? "the build for AVX2" : "the build for every CPU";
        string found = path is null ? "." : $", {build}: {path}";
        return Finding.Ok("engine", $"Isolated from the garbage collector{found}");
    }

    public static async Task<IEnumerable<Finding>> DriversAsync(AudioMeshEngine engine)
    {
        IReadOnlyList<DriverListing> drivers = await engine.GetDriversAsync();
        List<Finding> findings =
        [
            .. drivers.Where(driver => !IsStandIn(driver)).Select(driver =>
                Finding.Ok($"driver_{driver.Driver}", driver.IsAvailable ? "Available." : $"Not available: {driver.Reason}")),
        ];
        if (!drivers.Any(driver => driver.IsAvailable && !IsStandIn(driver)))
        {
            findings.Add(Finding.Bad(
                "drivers",
                "No driver for sound is available: nothing will be heard.",
                "start a JACK server (jackd -R -d alsa; without a sound card: jackd -R -d dummy)"));
        }

        return findings;
    }

    private static bool IsStandIn(DriverListing driver) => driver.Driver is "null" or "wav";
}
