// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Cli.Tests;

/// <summary><c>audiomesh compute</c>, on a machine that may have no GPU and no driver.</summary>
internal sealed class ComputeTests
{
    private static string[] Kernels { get; } = ["gain_mix", "mix_matrix", "meters", "resample", "convolve", "burg"];

    [Test]
    public void Every_device_has_a_price_for_every_kernel()
    {
        CliResult result = Cli.Run("compute", "--json");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        JsonElement line = Cli.Lines(result).Single();
        JsonElement[] devices = [.. line.GetProperty("devices").EnumerateArray()];
        Assert.That(devices.Select(device => device.GetProperty("device").GetString()), Has.Some.StartsWith("cpu:"));
        foreach (JsonElement device in devices)
        {
            JsonElement[] kernels = [.. device.GetProperty("kernels").EnumerateArray()];
            Assert.That(kernels.Select(kernel => kernel.GetProperty("kernel").GetString()), Is.EquivalentTo(Kernels));
            foreach (JsonElement kernel in kernels)
            {
                Assert.That(kernel.GetProperty("median_us").GetDouble(), Is.GreaterThan(0));
                Assert.That(kernel.GetProperty("p99_us").GetDouble(), Is.GreaterThanOrEqualTo(kernel.GetProperty("median_us").GetDouble()));
            }
        }

        foreach (JsonElement api in line.GetProperty("missing").EnumerateArray())
        {
            Assert.That(api.GetProperty("reason").GetString(), Is.Not.Empty);
        }
    }

    [Test]
    public void The_processors_clock_is_mesh_time()
    {
        CliResult result = Cli.Run("compute", "--device", "cpu", "--json");
        JsonElement clock = Cli.Lines(result).Single().GetProperty("devices").EnumerateArray().Single().GetProperty("clock");
        Assert.That(Math.Abs(clock.GetProperty("offset_ns").GetInt64()), Is.LessThanOrEqualTo(clock.GetProperty("error_ns").GetDouble()), result.All);
        Assert.That(clock.GetProperty("error_ns").GetDouble(), Is.LessThan(1000));
    }

    [Test]
    public void On_a_screen_it_is_two_tables()
    {
        CliResult result = Cli.Run("compute", "--device", "cpu");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Match("DEVICE +NAME +KIND +CLOCK\ncpu:.+software +offset .+ ms, .+ ppm, error .+ ns, jitter"));
        Assert.That(result.Output, Does.Match("DEVICE +KERNEL +WORK +MEDIAN +P99\ncpu:.+ gain_mix +32 sources, 128 frames +[0-9.]+ us +[0-9.]+ us"));
    }

    [Test]
    public void A_device_that_is_not_there_is_named_with_those_that_are()
    {
        CliResult result = Cli.Run("compute", "--device", "abacus");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain("'abacus'").And.Contain("cpu:"));
    }
}
