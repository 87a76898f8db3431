// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Diagnostics;
using System.Text;
using AudioMesh.Backends;
using AudioMesh.Control;
using AudioMesh.Engine;

namespace AudioMesh.Benchmarks.Graphs;

/// <summary>What making a graph by requests takes, in milliseconds: node by node, connection by connection, and as a whole.</summary>
internal sealed record EditCost(double CreateMs, double ConnectMs, double ApplyMs, double AgainMs, double EmptyMs, bool IsRight)
{
    public static EditCost Measure(int nodes, bool isRunning)
    {
        (double createMs, double connectMs, bool isMade) = OneByOne(nodes, isRunning);
        using AudioEngine engine = Open(isRunning);
        using ControlSession session = new(engine);
        string document = Document(nodes);
        double applyMs = Ask(session, document, out string first);
        double againMs = Ask(session, document, out string again);
        double emptyMs = Ask(session, """{"cmd":"apply","graph":{}}""", out string empty);
        bool isRight = isMade && first.Contains($"\"connected\":{nodes - 1}", StringComparison.Ordinal)
            && again == """{"ok":true,"created":[],"changed":[],"removed":[],"connected":0,"disconnected":0}"""
            && empty.Contains($"\"disconnected\":0", StringComparison.Ordinal) && engine.GetGraph().Nodes.Count == 0;
        return new EditCost(createMs, connectMs, applyMs, againMs, emptyMs, isRight);
    }

    private static (double CreateMs, double ConnectMs, bool IsMade) OneByOne(int nodes, bool isRunning)
    {
        using AudioEngine engine = Open(isRunning);
        using ControlSession session = new(engine);
        bool isMade = true;
        double createMs = 0, connectMs = 0;
        for (int i = 0; i < nodes; i++)
        {
            createMs += Ask(session, $$"""{"cmd":"create_node","type":"{{TypeOf(i, nodes)}}","name":"n{{i}}"}""", out string reply);
            isMade &= reply.StartsWith("""{"ok":true""", StringComparison.Ordinal);
        }

        for (int i = 1; i < nodes; i++)
        {
            connectMs += Ask(session, $$"""{"cmd":"connect","from":"n{{FromOf(i)}}","to":"n{{i}}"}""", out string reply);
            isMade &= reply.StartsWith("""{"ok":true""", StringComparison.Ordinal);
        }

        return (createMs, connectMs, isMade);
    }

    // Runs of ten, so that there is depth and width: each node hears the one before it, or the first.
    private static int FromOf(int node) => node % 10 == 0 ? 0 : node - 1;

    private static string TypeOf(int node, int nodes) => node == 0 ? "tone" : node == nodes - 1 ? "device_sink" : "gain";

    private static string Document(int nodes)
    {
        IEnumerable<string> made = Enumerable.Range(0, nodes).Select(i => $$"""{"name":"n{{i}}","type":"{{TypeOf(i, nodes)}}"}""");
        IEnumerable<string> joined = Enumerable.Range(1, nodes - 1).Select(i => $$"""{"from":"n{{FromOf(i)}}","to":"n{{i}}"}""");
        return $$$"""{"cmd":"apply","graph":{"nodes":[{{{string.Join(',', made)}}}],"connections":[{{{string.Join(',', joined)}}}]}}""";
    }

    private static AudioEngine Open(bool isRunning)
    {
        AudioEngine engine = new();
        engine.OpenDevice("null", new StreamRequest { Rate = PeriodCost.Rate, PeriodFrames = PeriodCost.Frames });
        if (isRunning)
        {
            engine.Start();
        }

        return engine;
    }

    private static double Ask(ControlSession session, string request, out string reply)
    {
        byte[] line = Encoding.UTF8.GetBytes(request);
        ArrayBufferWriter<byte> answer = new();
        long begin = Stopwatch.GetTimestamp();
        session.Handle(line, answer);
        double ms = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        reply = Encoding.UTF8.GetString(answer.WrittenSpan);
        return ms;
    }
}
