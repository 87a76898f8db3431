// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests.Transport;

/// <summary>Agents and a director that share nothing but a nats-server.</summary>
[Platform("Linux")]
internal sealed class NatsAgentTests
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly string Token = Folder.PathOf("token");

    [OneTimeSetUp]
    public void WriteToken() => File.WriteAllText(Token, NatsServer.Token + "\n");

    [OneTimeTearDown]
    public void RemoveToken() => Folder.Dispose();

    [Test]
    public void A_director_starts_two_agents_on_one_frame_of_a_time_that_they_share_through_the_server_alone()
    {
        using NatsServer server = new();
        string[] bus = ["--bus", server.Url, "--bus-token-file", Token, "--session", "band"];
        using CliProcess one = StartAgent("one", bus), two = StartAgent("two", [.. bus, "--plain", "127.0.0.1:0"]);
        CliResult played = Cli.Run(["director", "play", "--frame", "48000", "--hosts", "one", "two", "--lead", "2000", "--max-bound", "100000", "--json", "--name", "director", .. bus]);
        JsonElement run = Cli.Lines(played)[^1];
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True, played.All);
        JsonElement[] outcomes = [.. run.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("outcome"))];
        Assert.That(outcomes.Select(outcome => outcome.GetProperty("at_ns").GetInt64()).Distinct().Count(), Is.EqualTo(1), "one instant of one time");
        Assert.That(outcomes, Is.All.Matches<JsonElement>(IsWithinBound), played.All);
        double worstUs = outcomes.Max(outcome => outcome.GetProperty("bound_us").GetDouble());
        TestContext.Out.WriteLine($"bound {worstUs:F0} us");
        CliResult services = Cli.Run(["services", "--json", "--name", "eye", .. bus]);
        Assert.That(
            Cli.Lines(services).Select(line => $"{line.GetProperty("host").GetString()} {line.GetProperty("type").GetString()} {line.GetProperty("health").GetString()}"),
            Is.EquivalentTo(new[] { "one transport ok", "two plain ok", "two transport ok" }), services.All);
        CliResult set = Cli.Run(["param", "set", "mix", "level", "-6", "--name", "eye", .. bus]);
        Assert.That((set.ExitCode, set.Error.Contains("mix.level", StringComparison.Ordinal)), Is.EqualTo((1, true)), "nobody declared it");
        one.End("TERM");
        two.End("TERM");
    }

    [Test]
    public void Takes_of_hosts_that_share_a_server_alone_are_of_one_time()
    {
        using NatsServer server = new();
        using TemporaryFolder folder = new();
        string[] bus = ["--bus", server.Url, "--bus-token-file", Token, "--session", "band"];
        using CliProcess anna = StartTake("anna", folder, bus), ben = StartTake("ben", folder, bus);
        anna.End("INT");
        ben.End("INT");
        Assert.That(MeshOf(folder, "anna"), Is.EqualTo(MeshOf(folder, "ben")).And.Not.EqualTo("0"));
        CliResult collected = Cli.Run("collect", folder.FullPath, "--out", folder.PathOf("stems"), "--json");
        Assert.That(Cli.Lines(collected).Single().GetProperty("stems").GetArrayLength(), Is.EqualTo(2), collected.All);
    }

    [TestCase("--bus", "nats://127.0.0.1:1")]
    [TestCase("--bus", "nats://127.0.0.1:1", "--bus-token-file", "token", "--key-file", "band.key")]
    [TestCase("--bus-token-file", "token", "--key-file", "band.key")]
    public void Options_of_a_session_and_of_NATS_do_not_mix_and_a_key_is_needed(params string[] arguments) =>
        Assert.That(Cli.Run(["director", "status", .. arguments.Select(argument => argument == "token" ? Token : argument)]).ExitCode, Is.EqualTo(2));

    private static bool IsWithinBound(JsonElement outcome) =>
        Math.Abs(outcome.GetProperty("error_frames").GetDouble()) <= 1 + (outcome.GetProperty("bound_us").GetDouble() * 48e-3);

    private static CliProcess StartTake(string name, TemporaryFolder folder, string[] bus) =>
        Cli.StartUntil("0:01", ["record", folder.PathOf($"{name}.wav"), "--armed", "--backend", "null", "--host", "managed", "--name", name, .. bus]);

    private static string MeshOf(TemporaryFolder folder, string name)
    {
        using JsonDocument head = JsonDocument.Parse(File.ReadLines(folder.PathOf($"{name}.take.json")).First());
        return head.RootElement.GetProperty("mesh").GetString()!;
    }

    private static CliProcess StartAgent(string name, string[] bus) => Cli.StartUntil("started", ["agent", "--json", "--name", name, "--transport", "engine", "--backend", "null", .. bus]);
}
