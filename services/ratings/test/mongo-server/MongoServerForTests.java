import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** An empty in-memory database that speaks MongoDB's protocol on the given loopback port until it is ended. */
class MongoServerForTests {
    public static void main(String[] arguments) {
        var backend = new MemoryBackend().version(new OldestSupported());
        new MongoServer(backend).bind("127.0.0.1", Integer.parseInt(arguments[0]));
    }

    /** The mongodb driver refuses to talk to what calls itself older than MongoDB 4.4, wire version 9. */
    static class OldestSupported implements MongoVersion {
        public int getWireVersion() {
            return 9;
        }

        public List<Integer> getVersionArray() {
            return List.of(4, 4, 0);
        }
    }
}
