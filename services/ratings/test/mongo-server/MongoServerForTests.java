import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** Runs an empty in-memory database with MongoDB's protocol; the arguments are the address and the port. */
class MongoServerForTests {
    public static void main(String[] arguments) {
        var backend = new MemoryBackend().version(new OldestSupported());
        new MongoServer(backend).bind(arguments[0], Integer.parseInt(arguments[1]));
    }

    /** The oldest version that the mongodb driver supports: MongoDB 4.4, wire version 9. */
    static class OldestSupported implements MongoVersion {
        public int getWireVersion() {
            return 9;
        }

        public List<Integer> getVersionArray() {
            return List.of(4, 4, 0);
        }
    }
}
