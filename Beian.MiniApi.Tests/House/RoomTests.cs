using Mono.Cecil;

namespace Beian.MiniApi.Tests.House;

/// <summary>
/// The walls of the house: which room may use which. A failure means that a wall was broken; move the code, not the wall. What two rooms share moves
/// down, never sideways.
/// </summary>
public sealed class RoomTests
{
    private const string Feature = "Features.*";

    private static readonly string[] Doors = ["WeChat", "Registry", "Probe", "FaceChecks", "Authority", "Identity", "Channels"];

    /// <summary>What each room may use besides itself. No row for a room is a failure.</summary>
    private static readonly Dictionary<string, string[]> Walls = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],

        // Keys and ciphers, of which the stores and the platform's own keys are sealed.
        ["Vault"] = [],

        // What several instances share, as contracts, and what a single one has in their place.
        ["Coordination"] = [],
        ["Storage"] = ["Domain", "Vault", "Coordination"],
        ["Storage.Sqlite"] = ["Domain", "Storage", "Storage.Moving", "Vault"],
#if CLUSTER
        ["Storage.Mongo"] = ["Domain", "Storage", "Storage.Moving", "Vault"],
        ["Storage.Redis"] = ["Coordination"],
#endif

        // Says what moves between the engines, and knows neither.
        ["Storage.Moving"] = [],
        ["Storage.Files"] = ["Domain", "Storage", "Vault"],

        // What goes to the service arrives on this machine first.
        ["Storage.S3"] = ["Domain", "Storage", "Storage.Files", "Vault"],

        // A backup takes what the engines keep.
        ["Storage.Backups"] = ["Domain", "Storage", "Storage.Sqlite", "Storage.Files", "Vault"],
        ["Platform"] = ["Domain", "Coordination", "Storage", "Vault"],
        ["WeChat"] = ["Domain", "Coordination", "Platform"],
        ["Registry"] = ["Domain", "Platform"],
        ["Probe"] = ["Domain", "Platform"],
        ["Identity"] = ["Domain", "Platform"],
        ["Channels"] = ["Domain", "Storage", "Platform", "Probe"],

        // WeChat is one of its providers.
        ["FaceChecks"] = ["Domain", "Platform", "WeChat"],

        // Its first adapter hands over by files in the data folder, whose place the storage options know.
        ["Authority"] = ["Domain", "Storage", "Platform", "Vault"],
        ["ReferenceData"] = ["Domain", "Platform"],
        // Ask every outside service that has to say something about a filing, through its door.
        ["Checks"] = ["Domain", "Storage", "Platform", "Registry", "Probe", "WeChat"],
        ["Journey"] = ["Domain", "Coordination", "Storage", "Platform", "Checks", "FaceChecks"],

        // Handles what WeChat pushed, and sends by every way.
        ["Timers"] = ["Domain", "Coordination", "Storage", "Platform", "Checks", "Journey", "WeChat", "Channels"],
        [Feature] = ["Domain", "Coordination", "Storage", "Platform", "Journey", "Checks", "Timers", "ReferenceData", .. Doors],

        // Plays the world outside and the demo world, so it may look into every room; nobody looks into it.
        ["Sandbox"] = ["Domain", "Storage", "Platform", "Journey", "Checks", "Timers", "ReferenceData", .. Doors],

        // The provider's pages over the same handlers that the API has; nobody looks into it.
        ["ReviewConsole"] = ["Domain", "Storage", "Platform", "Journey", "Checks", "Timers", "ReferenceData", "Features.Review", "Features.Authority", "Features.Auth", "Features.Resources", "Features.AuthCodes", "Features.Deliveries", .. Doors],

        // The operator's verbs look at whatever has to be looked at; nobody calls them but the program.
        ["Cli"] = ["Domain", "Storage", "Storage.Files", "Storage.Backups", "Storage.Moving", "Vault", "Platform", "ReferenceData", .. Doors],
    };

    /// <summary>Types that stand in a doorway, each with what it may use beyond its room and why.</summary>
    private static readonly Dictionary<string, string[]> Doorways = new(StringComparer.Ordinal)
    {
        // Choose the engines; the only places that know which there are.
#if CLUSTER
        ["Beian.MiniApi.Storage.Engines"] = ["Storage.Sqlite", "Storage.Mongo", "Storage.Redis", "Storage.Moving"],
#else
        ["Beian.MiniApi.Storage.Engines"] = ["Storage.Sqlite", "Storage.Moving"],
#endif
        ["Beian.MiniApi.Coordination.CoordinationSetup"] = ["Storage"],
        ["Beian.MiniApi.Storage.StorageSetup"] = ["Storage.Sqlite", "Storage.Files", "Storage.S3", "Storage.Backups"],
    };

    [Fact]
    public void Rooms_AreAllThere_AndEachHasItsWalls()
    {
        var rooms = TheAssembly.Types.Select(t => RoomOf(t)).Distinct().ToHashSet(StringComparer.Ordinal);

        Assert.All(Walls.Keys, wall => Assert.Contains(rooms, room => wall == WallOf(room)));
        Assert.All(rooms.Where(r => r != "Program"), room => Assert.True(Walls.ContainsKey(WallOf(room)), $"Room {room} has no row among the walls."));
        Assert.True(rooms.Count(r => WallOf(r) == Feature) >= 8, "Fewer features than expected: does the filter still match?");
        Assert.All(Doorways.Keys, name => Assert.Contains(TheAssembly.Types, t => t.FullName == name));
    }

    [Fact]
    public void Rooms_UseOnlyWhatTheirWallsAllow()
    {
        var uses = TheAssembly.Uses().Where(u => TheAssembly.IsOurs(u.To)).Select(u => (u.From, Room: RoomOf(u.From), To: TheAssembly.Outermost(u.To)))
            .Select(u => (u.From, u.Room, Other: RoomOf(u.To), u.To)).Where(u => u.Room != u.Other).ToArray();
        var broken = uses.Where(u => u.Room != "Program" && !MayUse(u.From, u.Room, u.Other)).Select(u => $"{u.From.FullName} uses {u.To.FullName}").Distinct().Order(StringComparer.Ordinal);

        Assert.All(Walls.Where(w => w.Value.Length > 0), w => Assert.Contains(uses, u => WallOf(u.Room) == w.Key));
        Assert.True(uses.Count(u => u.Room == "Program") > 10, "Program uses nearly nothing: are its instructions still read?");
        TheAssembly.AssertNone(broken);
    }

    [Fact]
    public void Doorways_AreAllUsed()
    {
        var uses = TheAssembly.Uses().Where(u => TheAssembly.IsOurs(u.To)).Select(u => (u.From.FullName, Room: RoomOf(TheAssembly.Outermost(u.To)))).ToHashSet();

        Assert.All(Doorways, way => Assert.All(way.Value, room => Assert.Contains((way.Key, room), uses)));
    }

    [Fact]
    public void Domain_IsPure()
    {
        var uses = TheAssembly.Uses().Where(u => RoomOf(u.From) == "Domain" && !TheAssembly.IsOurs(u.To)).ToArray();
        var impure = uses.Where(IsImpure).Select(u => $"{u.From.FullName} uses {u.To.FullName}.{u.Member}").Distinct().Order(StringComparer.Ordinal);

        Assert.True(uses.Length > 1000, "Hardly any use found: are the instructions still read?");
        Assert.Contains(uses, u => u.To.FullName == "System.DateTimeOffset");
        TheAssembly.AssertNone(impure);
    }

    [Fact]
    public void Domain_HasNothingAsynchronous()
    {
        var methods = TheAssembly.Types.Where(t => RoomOf(t) == "Domain").SelectMany(TheAssembly.WithNested).SelectMany(t => t.Methods).ToArray();

        Assert.True(methods.Length > 500);
        Assert.DoesNotContain(methods, m => m.Name.EndsWith("Async", StringComparison.Ordinal) || m.Name == "MoveNext" && m.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine"));
    }

    private static bool MayUse(TypeDefinition from, string room, string other) =>
        Walls[WallOf(room)].Contains(other) || (Doorways.TryGetValue(from.FullName, out var ways) && ways.Contains(other));

    /// <summary>The outside world, clocks, chance, threads and ways of writing things down.</summary>
    private static bool IsImpure(Use use)
    {
        var type = use.To.FullName;
        string[] spaces = ["Microsoft.", "System.Text.Json", "System.Threading", "System.IO.", "System.Net.Http", "System.Net.Sockets", "System.Diagnostics.", "System.Data"];
        string[] types = ["System.Random", "System.TimeProvider", "System.Environment", "System.Console", "System.Security.Cryptography.RandomNumberGenerator"];
        return (type, use.Member) switch
        {
            ("System.DateTime" or "System.DateTimeOffset", "get_Now" or "get_UtcNow" or "get_Today") => true,
            ("System.Guid", "NewGuid" or "CreateVersion7") => true,
            // The compiler asks for the thread in every iterator.
            ("System.Environment", "get_CurrentManagedThreadId") => false,
            ("System.Environment", null) => false,
            _ when type.StartsWith("System.Diagnostics.CodeAnalysis.", StringComparison.Ordinal) || type.StartsWith("System.Diagnostics.Debugger", StringComparison.Ordinal) => false,
            _ => types.Contains(type) || spaces.Any(s => type.StartsWith(s, StringComparison.Ordinal)),
        };
    }

    private static string WallOf(string room) => room.StartsWith("Features.", StringComparison.Ordinal) ? Feature : room;

    /// <summary>First folder below the root; engines and features have one more.</summary>
    private static string RoomOf(TypeReference type)
    {
        if (type.Namespace.Length <= TheAssembly.Root.Length)
        {
            return type.Name;
        }

        var folders = type.Namespace[(TheAssembly.Root.Length + 1)..].Split('.');
        return folders.Length > 1 && folders[0] is "Features" or "Storage" ? $"{folders[0]}.{folders[1]}" : folders[0];
    }
}
