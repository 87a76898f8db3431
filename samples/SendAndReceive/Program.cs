// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using AudioMesh.Backends;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Session;

string key = Path.GetTempFileName(); // only its owner may read it: or it would not be taken
File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(32));
using ToastHosts hosts = new();
using AudioEngine engine = new(new AudioEngineOptions { Nodes = ToastNodes.Add(NodeCatalogue.CreateDefault(), hosts) });
int tone = engine.CreateNode("tone", new Dictionary<string, ParameterValue>()).Id;
int send = engine.CreateNode("toast_sink", Member("anna", "127.0.0.1:0", "")).Id;
string anna = engine.FindNode(send).Get("address")!.Value.Text!;
int receive = engine.CreateNode("toast_source", Member("bert", "127.0.0.1:0", anna)).Id;
int speakers = engine.CreateNode("device_sink", new Dictionary<string, ParameterValue>()).Id;
engine.Connect(tone, send);
engine.Connect(receive, speakers);
engine.OpenDevice(args.ElementAtOrDefault(0) ?? "auto", new StreamRequest());
engine.Start();
Thread.Sleep(TimeSpan.FromSeconds(5));
Console.WriteLine($"{Of("state")}: {Of("packets")} packets, {Of("lost_packets")} lost, {Of("depth"):0.00} ms deep, {Of("drift"):0.00} ppm");
File.Delete(key);

object? Of(string figure) => engine.FindNode(receive).Get(figure) is { } value ? value.Text ?? (object)value.Number : null;
Dictionary<string, ParameterValue> Member(string name, string listen, string contacts) => new()
{
    ["name"] = name, ["session"] = "sample", ["key_file"] = key, ["listen"] = listen, ["contacts"] = contacts,
};
